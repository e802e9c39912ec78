import { useState } from 'react';
import { createRoot } from 'react-dom/client';

function Chat() {
  const [sent, setSent] = useState([]);
  const send = ({ target, detail }) => {
    // Only ever what the guard allowed.
    setSent((before) => [...before, detail.text]);
    target.clear();
  };
  return (
    <>
      <h1>React</h1>
      <ol aria-label="Sent">
        {sent.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added.
          <li key={index}>{text}</li>
        ))}
      </ol>
      <portcullis-guard bundle="../models/portcullis/" onportcullis-send={send}>
        <form>
          <textarea aria-label="Message" />
          <button type="submit">Send</button>
        </form>
      </portcullis-guard>
    </>
  );
}

createRoot(document.querySelector('#app')).render(<Chat />);
