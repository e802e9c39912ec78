// Vite alone builds this example, and the page compiles the template. An app of the Angular CLI, which compiles it before, has the same component.
import '@angular/compiler';
import { bootstrapApplication } from '@angular/platform-browser';
import { Chat } from './chat';

document.querySelector('#app')?.append(document.createElement('app-chat'));
await bootstrapApplication(Chat);
