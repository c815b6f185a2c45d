/// How the tables of a release are protected.
enum ProtectDefinition {
  static let mapping = MappingDefinition(
    "protect",
    path: "aggregate.protect",
    [
      KeyDefinition(
        "minimum",
        .integer(2...1_000_000),
        .required,
        "Cells of fewer persons are hidden."
      ),
      KeyDefinition(
        "method",
        .word([
          AllowedWord("hide", "Small cells are hidden, each by itself."),
          AllowedWord("round", "After that, every value is rounded to a multiple of 'base'."),
          AllowedWord(
            "suppress",
            "Over all tables together, more cells are hidden, until nobody can work out a small one."
          ),
          AllowedWord(notBuilt: "cell-key", instead: "use suppress"),
        ]),
        .required,
        "How tables are protected."
      ),
      KeyDefinition("base", .integer(2...1_000_000), .optional, "For round; 5 unless given."),
      KeyDefinition(
        "dominance",
        .mapping(dominance),
        .optional,
        "When a few contributors make up so much of a sum that it must be hidden; for suppress."
      ),
      KeyDefinition(
        "keep",
        .list(.text(.name(.identifier)), least: 1),
        .optional,
        "Levels of areas that are never hidden, as municipality; for suppress."
      ),
      KeyDefinition(
        "open",
        .named(.identifier, .text(.plain), noun: "measure"),
        .optional,
        "Measures that everyone knows anyway, each with the reason; for suppress."
      ),
      KeyDefinition(
        "zeros",
        .word([
          AllowedWord("show", "Cells of nobody are not hidden."),
          AllowedWord(notBuilt: "hide", instead: "write show"),
        ]),
        .optional,
        "Whether cells of nobody are shown."
      ),
    ]
      + ["group", "across", "recode"].map { KeyDefinition(notBuilt: $0, "leave it out") }
  )

  private static let dominance = MappingDefinition(
    "dominance",
    path: "aggregate.protect.dominance",
    [
      KeyDefinition(
        "p",
        .share,
        .requiredWithout(["n"]),
        "The second largest contributor must not know the largest more exactly than this."
      ),
      KeyDefinition(
        "n",
        .integer(1...3),
        .requiredWithout(["p"]),
        "So many contributors together ..."
      ),
      KeyDefinition("k", .share, .optional, "... must not make more than this of a sum."),
      KeyDefinition(
        "of",
        .list(
          .word([
            AllowedWord("person", "Persons are contributors."),
            AllowedWord(notBuilt: "provider", instead: "write person"),
          ]),
          least: 1
        ),
        .optional,
        "Who contributes; persons unless given."
      ),
    ]
  )
}
