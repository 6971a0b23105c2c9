// A small course of its own for tests: what `scenarist new course` makes, and over it the files of
// `course/`. It is built once for the tests of a file and goes away after them.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

const PROGRAM = path.resolve(process.env.SCENARIST ?? path.join(import.meta.dirname, '../../target/debug/scenarist'));

// The folder of its site. `changes` has, by path, functions that make of the text of a file the one wanted.
export function builtCourse(changes = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenarist-course-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync(PROGRAM, ['new', 'course', 'my-course'], { cwd: folder, stdio: 'ignore' });
  const course = path.join(folder, 'my-course');
  cpSync(path.join(import.meta.dirname, 'course'), course, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const file = path.join(course, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
  execFileSync(PROGRAM, ['build', '--quiet'], { cwd: course, stdio: ['ignore', 'ignore', 'inherit'] });
  return path.join(course, 'dist/site');
}
