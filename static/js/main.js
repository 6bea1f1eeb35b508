import { askBeforeSubmit } from "./behaviours/confirm.js";
import { copyOnClick } from "./behaviours/copy.js";
import { keepDrafts } from "./behaviours/draft.js";
import { printOnClick } from "./behaviours/print.js";
import { submitOnce } from "./behaviours/submit_once.js";
import { tickAll } from "./behaviours/tick_all.js";

// The question comes before the guard: a form that was not confirmed is not on its way.
askBeforeSubmit(document);
submitOnce(document);
keepDrafts(document);
copyOnClick(document);
printOnClick(document);
tickAll(document);
