// The start of the page.

import "./chartElement.ts";
import { listenToKeys } from "./keys.ts";
import { firstState, startLab } from "./lab.ts";
import { drawPage } from "./view.ts";

const root = document.getElementById("lab")!;
const lab = startLab(firstState, [], (each) => drawPage(each, root));
drawPage(lab, root);
listenToKeys(lab);
