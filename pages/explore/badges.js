/** Shows beside each node how many more there are. */
export class Badges {
  #shown = new Map();

  constructor(element, picture, onUnfold) {
    this.element = element;
    this.picture = picture;
    this.onUnfold = onUnfold;
    picture.cy.on('render pan zoom position', () => this.#place());
  }

  /** Draws the numbers of the picture's answer. */
  show() {
    const sums = new Map();
    for (const { node, count } of this.picture.graph.expandable)
      sums.set(node, (sums.get(node) ?? 0) + count);
    this.element.replaceChildren();
    this.#shown.clear();
    for (const [id, count] of sums) {
      const badge = document.createElement('button');
      badge.type = 'button';
      badge.className = 'badge';
      badge.textContent = `+${count}`;
      badge.dataset.node = id;
      badge.addEventListener('click', () => this.onUnfold(id));
      this.#shown.set(id, badge);
      this.element.append(badge);
    }
    this.#place();
  }

  #place() {
    const zoom = this.picture.cy.zoom();
    for (const [id, badge] of this.#shown) {
      const node = this.picture.cy.getElementById(id);
      badge.hidden = !node.length || zoom < 0.35;
      if (badge.hidden) continue;
      const { x, y } = node.renderedPosition();
      const radius = node.renderedWidth() / 2;
      badge.style.transform = `translate(${x + radius * 0.55}px, ${y - radius - 12}px)`;
    }
  }
}
