// First words of companies' names that find 14 to 20 companies as a word, as a beginning, or with a slip.
CYPHER 5
MATCH (c:Company)
WITH split(c.nameFolded, ' ')[0] AS word
WHERE word =~ '[a-z]{5,9}'
WITH DISTINCT word
ORDER BY word
WITH collect(word) AS words
UNWIND range(0, 5999) AS i
WITH words[i * size(words) / 6000] AS word
CALL (word) {
  CALL db.index.fulltext.queryNodes('search', '(' + word + ' OR ' + word + '* OR ' + word + '~1)', {limit: 1000}) YIELD node
  WHERE node:Company
  RETURN count(node) AS hits
}
WITH word, hits
WHERE 14 <= hits <= 20
RETURN word
ORDER BY word
LIMIT 40
