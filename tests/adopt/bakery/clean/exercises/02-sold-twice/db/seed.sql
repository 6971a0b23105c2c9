INSERT INTO shows (id, title) VALUES
  (1, 'The Lighthouse Keeper'),
  (2, 'Seven Bridges'),
  (3, 'A Winter in Porto'),
  (4, 'Moles');

-- 300 seats for each show: rows A to O with 20 seats each
INSERT INTO seats (show_id, label)
SELECT s.id, chr(64 + line) || place
FROM shows AS s
CROSS JOIN generate_series(1, 15) AS line
CROSS JOIN generate_series(1, 20) AS place;
