/// The keys of the pseudonymise stage.
enum PseudonymiseDefinition {
  static let stage = MappingDefinition(
    "pseudonymise",
    path: "pseudonymise",
    [
      KeyDefinition("key", .text(.plain), .required, "A name of 'keys'."),
      KeyDefinition(
        "release",
        .text(.plain),
        .requiredUnlessHandedOver,
        "The scope of the pseudonyms: those of two releases cannot be joined. Names {pipeline}."
      ),
      KeyDefinition(
        "source_release",
        .text(.plain),
        .optional,
        "The scope of the first level, which supplier and region share; {pipeline} unless given."
      ),
      KeyDefinition(
        "columns",
        .named(
          .identifier,
          .either(
            .word([
              AllowedWord("keep", "It stays as it is."), AllowedWord("drop", "It is dropped."),
            ]),
            .mapping(policy)
          ),
          noun: "column"
        ),
        .required,
        "What becomes of each column; what is not named is dropped."
      ),
      KeyDefinition(
        "opt_out",
        .mapping(optOut),
        .optional,
        "Persons who object (bezwaar): their rows are skipped before anything is staged."
      ),
      KeyDefinition(notBuilt: "clk", "leave it out"),
      KeyDefinition(
        "level",
        .word([
          AllowedWord(
            "region",
            "Both levels, or the second over what suppliers made; the default."
          ),
          AllowedWord("source", "The first level alone, at a supplier; see 'hand_over'."),
        ]),
        .optional,
        "Which level of the pseudonyms this pipeline ends with."
      ),
      KeyDefinition(
        "hand_over",
        .text(.path),
        .optional,
        "For level source: the folder of the packages for the region, replaced as a whole."
      ),
      KeyDefinition(
        "minimum_persons",
        .integer(2...1_000_000),
        .optional,
        "A source of fewer persons is refused, so that no run tells the token of one; 100 unless "
          + "given. Not of made-up data."
      ),
    ]
  )

  private static let optOut = MappingDefinition(
    "opt_out",
    path: "pseudonymise.opt_out",
    [
      KeyDefinition(
        "files",
        .text(.glob),
        .required,
        "A pattern of CSV files, with a header; other columns are not read."
      ),
      KeyDefinition(
        "column",
        .text(.name(.identifier)),
        .required,
        "The column that tells who objects, in the list as in the sources; one with a token."
      ),
      KeyDefinition("dialect", .mapping(IngestDefinition.dialect), .optional, "As of a source."),
    ]
  )

  private static let policy = MappingDefinition(
    "column",
    path: "pseudonymise.columns.column",
    [
      KeyDefinition(
        "token",
        .text(.name(.slug)),
        .optional,
        "The kind of identifier: equal values of one kind get equal tokens. Of surname_part_1, "
          + "surname_part_2 and first_names_1 it is that part of the name; prefix and house-suffix "
          + "are split off where the column is read 'from' that of the surname or house-number."
      ),
      KeyDefinition(
        "keep",
        .word([
          AllowedWord("value", "As it is."), AllowedWord("year", "Column NAME_year stays."),
          AllowedWord("pc4", "Column NAME_pc4 stays: the four digits."),
          AllowedWord(notBuilt: "month", instead: "keep the year"),
        ]),
        .optional,
        "What stays beside the token."
      ),
      KeyDefinition(
        "reviewed",
        .text(.plain),
        .optional,
        "Why numbers that pass the test of a BSN are those of nobody, as the RSINs of organisations: "
          + "the run goes on, and the privacy log keeps the reason. With keep: value alone; mail "
          + "addresses, telephone numbers, accounts and addresses stop the run all the same."
      ),
      KeyDefinition(
        "bloom",
        .text(.name(.slug)),
        .optional,
        "The kind of name: its Bloom filter tells 'dice' levels how alike two values are. It is "
          + "deleted when the link stage is done."
      ),
      KeyDefinition(notBuilt: "clk", "link on tokens: {token: …}"),
    ]
  )
}
