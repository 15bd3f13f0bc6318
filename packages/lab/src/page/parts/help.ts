// The help of the page.

import { html } from "lit-html";
import { keyList } from "../keys.ts";
import type { Lab } from "../pageState.ts";

/** The words of the page and its keys. */
export const help = (lab: Lab) => html`<section id="help" class="panel help-panel" aria-labelledby="help-title">
    <h2 id="help-title">How this page works</h2>
    <div class="columns">
      <div>
        <p>
          The <b>loss</b> is a number that is large when the model predicts badly. It depends on the <b>parameters</b> of the model.
          The <b>gradient</b> is the direction in which the loss rises fastest, so each <b>update</b> moves the parameters the opposite
          way. The <b>objective</b> is what training makes small: the loss of the training rows, with the penalty on large parameters.
        </p>
        <p>
          The <b>learning rate</b> decides how far. Too small: the run crawls. Too large: each update jumps over the valley, and the loss
          grows. The bar under “Learning rate” shows, before you start, which rates are too small, good or too large for your data.
        </p>
        <p>Press Play. Then multiply the learning rate by two, again and again, until the run breaks. The sentence at the bottom explains why.</p>
        <p><button type="button" @click=${() => lab.show({ tour: 0 })}>Take the tour</button></p>
        <p>Your data never leave this computer. Reset gives exactly the same run again.</p>
      </div>
      <div>
        <table>
          <caption>
            Keys
          </caption>
          <tbody>
            ${keyList.map(({ keys, text }) => html`<tr><th scope="row"><kbd>${keys}</kbd></th><td>${text}</td></tr>`)}
          </tbody>
        </table>
        <label class="check">
          <input
            type="checkbox"
            .checked=${lab.state.hasKeys}
            @change=${(event: Event) => lab.show({ hasKeys: (event.target as HTMLInputElement).checked })}
          />
          Use these keys
        </label>
      </div>
    </div>
  </section>`;
