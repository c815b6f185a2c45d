extension FaultCase {
  /// Faults in what becomes of columns.
  static let pseudonymise = [
    FaultCase(
      "key: region\n  release",
      "key: regio\n  release",
      at: "regio\n",
      "no key 'regio'",
      hint: "'region'"
    ),
    FaultCase("\"{pipeline}/{period}\"", "\"x/{period}\"", at: "\"x/", "does not name {pipeline}"),
    FaultCase(
      "bsn: {token: person}",
      "bsm: {token: person}",
      at: "bsm",
      "no source has a column 'bsm'",
      hint: "'bsn'"
    ),
    FaultCase(
      "surname: {token: surname}",
      "surname: keep",
      at: "keep\n",
      "identifies a person by itself"
    ),
    FaultCase("keep: pc4", "keep: pc5", at: "pc5", "found 'pc5'", hint: "'pc4'"),
    FaultCase("{token: postcode, keep: pc4}", "keep", at: "keep\n    sex", "kept whole"),
    FaultCase(
      "{token: birth-date, keep: year}",
      "{keep: value}",
      at: "value}\n    postcode",
      "kept whole",
      hint: "keep: year"
    ),
    FaultCase("keep: year", "keep: pc4", at: "pc4", "of a postcode"),
    FaultCase("{token: person}", "{token: persn}", at: "persn", "'persn'", hint: "'person'"),
    FaultCase("{token: person}", "{token: surname}", at: "surname}", "expected it of name"),
    FaultCase("sex: keep", "sex: kep", at: "kep\n", "found 'kep'", hint: "'keep'"),
    FaultCase("sex: keep", "sex: {}", at: "sex: {}", "none of 'token', 'bloom' and"),
  ]
}
