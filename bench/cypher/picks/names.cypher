// Names as people type them: of companies with letters only in the beginning, from all over the alphabet.
CYPHER 5
MATCH (c:Company)
WHERE c.nameFolded =~ '[a-z]{6,}.*' AND size(c.nameFolded) <= 24
WITH DISTINCT c.nameFolded AS name
ORDER BY name
WITH collect(name) AS names
UNWIND range(0, 99) AS i
RETURN names[i * size(names) / 100]
