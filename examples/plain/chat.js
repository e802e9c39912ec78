document.querySelector('portcullis-guard').addEventListener('portcullis-send', ({ target, detail }) => {
  const item = document.createElement('li');
  // Only ever what the guard allowed.
  item.textContent = detail.text;
  document.querySelector('#sent').append(item);
  target.clear();
});
