extension FaultCase {
  /// Faults in how records are joined to persons.
  static let link = [
    FaultCase(
      "spine: register",
      "spine: registr",
      at: "registr\n",
      "no source 'registr'",
      hint: "'register'"
    ),
    FaultCase("on: [bsn]", "on: [bsm]", at: "bsm", "no column 'bsm'", hint: "'bsn'"),
    FaultCase("on: [bsn]", "on: [area]", at: "area]", "no source but the spine"),
    FaultCase("    surname: {token: surname}\n", "", at: "surname, birth", "'pseudonymise' drops"),
    FaultCase(
      "birth_date and sex differ",
      "birth_date or sex differ",
      at: "birth_date or",
      "cannot be read"
    ),
    FaultCase(
      "birth_date and sex differ",
      "birth_dat and sex differ",
      at: "birth_dat and",
      "'birth_dat'",
      hint: "'birth_date'"
    ),
    FaultCase(
      "support: one-to-one",
      "suport: one-to-one",
      at: "suport",
      "no source 'suport'",
      hint: "'support'"
    ),
    FaultCase("warn_above: 2 %", "warn_above: 7 %", at: "7 %", "above 'fail_above'"),
    FaultCase("  exact:\n", "  exct:\n", at: "exct", "no key 'exct'", hint: "'exact'"),
  ]
}
