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
          AllowedWord(
            "cell-key",
            "Counts and sums are moved by what the keys of the persons behind them draw, the same in "
              + "every table; what is then small is hidden."
          ),
        ]),
        .required,
        "How tables are protected."
      ),
      KeyDefinition("base", .integer(2...1_000_000), .optional, "For round; 5 unless given."),
      KeyDefinition(
        "noise",
        .mapping(noise),
        .optional,
        "For cell-key: how far figures are moved."
      ),
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
        "group",
        .share,
        .optional,
        "No larger part of a cell's persons may be told to be alike in a column of class sensitive; for "
          + "suppress and hide."
      ),
      KeyDefinition(
        "zeros",
        .word([
          AllowedWord("show", "Cells of nobody are not hidden."),
          AllowedWord(
            "hide",
            "Tables have a row for every combination of their labels, and nobody can tell which cells "
              + "are empty; for suppress and hide."
          ),
        ]),
        .optional,
        "Whether it may be seen that nobody is in a cell."
      ),
      KeyDefinition(
        "across",
        .word([
          AllowedWord("releases", "Tables are protected together with those of earlier releases.")
        ]),
        .optional,
        "What is looked at beside this release; for suppress and cell-key."
      ),
      KeyDefinition(
        "recode",
        .list(.named(.identifier, .text(.plain), noun: "dimension"), least: 1),
        .optional,
        "Steps that make tables coarser, taken one after the other where they cannot be protected: "
          + "age_band: 0 18 65 (fewer cut points), sex: total, neighbourhood: district; for suppress."
      ),
    ]
  )

  private static let noise = MappingDefinition(
    "noise",
    path: "aggregate.protect.noise",
    [
      KeyDefinition(
        "at_most",
        .integer(1...20),
        .optional,
        "How far a count is moved at most; 5 unless given."
      ),
      KeyDefinition(
        "variance",
        .integer(1...100),
        .optional,
        "The mean square of the moves of a count; 3 unless given."
      ),
      KeyDefinition(
        "gap",
        .integer(0...20),
        .optional,
        "No count from 1 to this is made; 2 unless given."
      ),
      KeyDefinition(
        "of_largest",
        .share,
        .optional,
        "How far a sum is moved at most, as part of the largest contribution to it, and twice as far "
          + "where little else is in it; 1 % to 50 %, 10 % unless given."
      ),
    ]
  )

  private static let secret = MappingDefinition(
    "p",
    path: "aggregate.protect.dominance.p",
    [
      KeyDefinition(
        "credential",
        .text(.plain),
        .required,
        "The name of a systemd credential that holds it in one line, as 10 %."
      )
    ]
  )

  private static let dominance = MappingDefinition(
    "dominance",
    path: "aggregate.protect.dominance",
    [
      KeyDefinition(
        "p",
        .either(.share, .mapping(secret)),
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
            AllowedWord(
              "provider",
              "Providers are, of sums over rows with a column 'provider'."
            ),
          ]),
          least: 1
        ),
        .optional,
        "Who contributes; persons unless given."
      ),
    ]
  )
}
