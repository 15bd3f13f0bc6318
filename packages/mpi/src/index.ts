export { type Communicator, connect } from "./communicator.ts";
