const express = require('express');
const app = express();

app.get('/feed', (req, res) => {
  // #region answer
  res.json([]);
  // #endregion
});

app.listen(3000);
