/** The one line above the camera that says what is wrong and offers the way out. */
export class Notice {
  constructor(page, open) {
    this.box = page.querySelector(".scanner__notice");
    this.text = this.box.querySelector("p");
    this.reopen = this.box.querySelector("[data-action=reopen]");
    this.signIn = this.box.querySelector("[data-action=sign-in]");
    this.reopen.addEventListener("click", open);
  }

  get isShown() {
    return !this.box.hidden;
  }

  tell(text) {
    this.show(text, null);
  }

  askToOpen(text) {
    this.show(text, this.reopen);
  }

  askToSignIn(text) {
    this.show(text, this.signIn);
  }

  clear() {
    this.box.hidden = true;
  }

  show(text, way) {
    this.text.textContent = text;
    this.reopen.hidden = way !== this.reopen;
    this.signIn.hidden = way !== this.signIn;
    this.box.hidden = false;
  }
}
