import { W1 } from './W1';
import { W2 } from './W2';
import { W3 } from './W3';
import { W4 } from './W4';
import { W5 } from './W5';
import { W6 } from './W6';
import { W7 } from './W7';
import { W8 } from './W8';
import type { Work } from './work';

/** The works that are asked again and again under load; W9 to W11 are measured in their own ways. */
export const works: readonly Work[] = [W1, W2, W3, W4, W5, W6, W7, W8];
