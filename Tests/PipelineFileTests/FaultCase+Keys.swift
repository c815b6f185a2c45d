/// Mistakes in where keys lie.
extension FaultCase {
  static let keys = [
    FaultCase("{file: demo.key}", "{halves: [a/key]}", at: "[a/key]", "at least 2 in the list"),
    FaultCase("{file: demo.key}", "{halves: [a, b, c]}", at: "[a, b", "found 3 halves"),
    FaultCase("{file: demo.key}", "{halves: [a, {}]}", at: "{}", "neither 'credential' nor 'file'"),
    FaultCase(
      "{file: demo.key}",
      "{halves: [a, {file: b, credential: c}]}",
      at: "{file: b",
      "expected one of them"
    ),
    FaultCase(
      "{file: demo.key}",
      "{file: a, halves: [b, c]}",
      at: "halves",
      "found 'file' and 'halves'"
    ),
    FaultCase("{file: demo.key}", "{credential: ../x}", at: "../x", "no plain name"),
    FaultCase(
      "{file: demo.key}",
      "{fingerprint: 4a87a90e3b88d749}",
      at: "fingerprint",
      "makes no pseudonyms",
      hint: "suppliers"
    ),
    FaultCase(
      "{file: demo.key}",
      "{file: demo.key}\n  log: {halves: [a, b]}",
      at: "halves",
      "signs the log"
    ),
  ]
}
