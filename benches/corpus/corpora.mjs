import { writeCourse } from './course.mjs';
import { id } from './frame.mjs';
import { writePages } from './pages.mjs';

/** The page that is edited while a corpus is served. */
export const EDITED = id(0);

/** What can be measured: how it is written, and a heading of each of its pages. */
export const CORPORA = {
  pages: { write: writePages, heading: 'Looking back' },
  course: { write: writeCourse, heading: 'What you learned' },
};
