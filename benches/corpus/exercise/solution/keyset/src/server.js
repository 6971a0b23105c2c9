//: require() fetches a package that was installed with npm, or with './' a file of this project.
//: Express answers HTTP requests.
const express = require('express');
//: The braces take single things out of a file (destructuring).
const { ask } = require('./database');
const { countAnswers, showMetrics } = require('./metrics');

const app = express();
app.use(countAnswers);

// ============================================================================
// ROUTES
// ============================================================================

const PAGE_SIZE = 20;

function sorry(req, res, error) {
  //: `${…}` between backticks puts a value into a text.
  console.error(`${req.method} ${req.path} failed: ${error.message}`);
  res.status(500).json({ error: 'The catalogue is not available' });
}

app.get('/health', (req, res) => {
  res.json({ open: true });
});

app.get('/metrics', showMetrics);

// #region list-route
//: A function marked `async` may wait with `await`.
app.get('/<<thing>>s', async (req, res) => {
  //: req.query holds what follows the question mark: ?after=MK-000019 gives { after: 'MK-000019' }.
  const after = String(req.query.after || '');

  try {
    const <<thing>>s = await ask(
      'SELECT shelf_mark, title, author FROM <<thing>>s WHERE shelf_mark > $1 ORDER BY shelf_mark LIMIT $2',
      [after, PAGE_SIZE]
    );
    //: at(-1) is the last entry of a list; `?.` gives undefined if there is none.
    res.json({ <<thing>>s, after: <<thing>>s.at(-1)?.shelf_mark });
  } catch (error) {
    sorry(req, res, error);
  }
});
// #endregion list-route

//: A colon in a path stands for any text. /<<thing>>s/7 is answered with req.params.id = '7'.
app.get('/<<thing>>s/:id', async (req, res) => {
  const id = Number(req.params.id);
  if (!Number.isInteger(id)) return res.status(400).json({ error: 'id is a whole number' });

  try {
    const found = await ask('SELECT * FROM <<thing>>s WHERE id = $1', [id]);
    if (found.length === 0) return res.status(404).json({ error: 'no such <<thing>>' });
    res.json(found[0]);
  } catch (error) {
    sorry(req, res, error);
  }
});

// ============================================================================
// START SERVER
// ============================================================================

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Catalogue API on port ${port}`));
