/** How far from the end still counts as being there, in CSS pixels. */
const SLACK = 80;

/**
 * Keeps a scrolled box at its end until its reader scrolls up, also when it gets smaller because something below it grew.
 * Call what it returns after every change of the content.
 */
export function keepAtEnd(box: HTMLElement, wanted: () => boolean): () => void {
  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < SLACK;
  let atEnd = true;
  let top = 0;
  const stay = () => {
    if (!wanted()) return;
    if (atEnd) box.scrollTop = box.scrollHeight;
    else atEnd = isAtEnd();
    top = box.scrollTop;
  };
  box.addEventListener('scroll', () => {
    // The event comes a frame late, when the box may be smaller already: being far from the end is no sign of a reader, going up is.
    if (isAtEnd()) atEnd = true;
    else if (box.scrollTop < top) atEnd = false;
    top = box.scrollTop;
  });
  new ResizeObserver(stay).observe(box);
  return stay;
}
