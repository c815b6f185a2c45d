/// Mistakes in Bloom filters.
extension FaultCase {
  static let filters = [
    FaultCase(
      "{token: surname}",
      "{token: surname, bloom: last-name}",
      at: "last-name",
      "found the Bloom filter 'last-name' beside the token 'surname', expected one kind",
      hint: "bloom: surname}"
    ),
    FaultCase(
      "{token: surname}",
      "{bloom: surname}",
      at: "surname, birth_date, sex, postcode]",
      "found 'surname', of which only a Bloom filter stays",
      hint: "{token: …, bloom: …}"
    ),
    FaultCase(
      "{token: person}",
      "{token: person, bloom: person}",
      at: "person}",
      "found a Bloom filter of bsn, expected it of name or text",
      hint: "misspelt"
    ),
    FaultCase("{token: surname}", "bloom", at: "bloom", "found 'bloom'"),
    FaultCase(
      "  release: \"{pipeline}/{period}\"",
      "  release: \"{pipeline}/{period}\"\n  clk: agreed.json",
      at: "agreed.json",
      "'clk': found a value, expected keys and values"
    ),
    FaultCase(
      "postcode: {token: postcode, keep: pc4}",
      "postcode: {token: postcode, keep: pc4, clk: postcode}",
      at: "clk: postcode",
      "no key 'clk'"
    ),
    FaultCase(
      "{token: surname}",
      "{bloom: surname, keep: value}",
      at: "value}",
      "found a Bloom filter and its value",
      hint: "drop 'keep' or 'bloom'"
    ),
  ]
}
