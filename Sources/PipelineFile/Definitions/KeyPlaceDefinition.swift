/// The keys of `keys`: where the bytes of each key come from.
enum KeyPlaceDefinition {
  /// The name of the key that signs the privacy log.
  static let signingName = "log"
  /// The name of the key that suppliers share.
  static let sourceName = "source"

  static let key = MappingDefinition(
    "key",
    path: "keys",
    [
      credential, file,
      KeyDefinition(
        "halves",
        .list(.either(.text(.path), .mapping(half)), least: 2),
        .optional,
        "The two halves of a key in two hands, each a path, {file: PATH} or {credential: NAME}."
      ),
      KeyDefinition(
        "fingerprint",
        .text(.plain),
        .optional,
        "For 'source' alone: the fingerprint of a key that the suppliers keep."
      ),
    ]
  )

  private static let half = MappingDefinition("half", path: "keys.halves", [credential, file])

  private static let credential = KeyDefinition(
    "credential",
    .text(.plain),
    .optional,
    "The name of a systemd credential that holds the key."
  )
  private static let file = KeyDefinition(
    "file",
    .text(.path),
    .optional,
    "The path of a key file, mode 0400 or 0600."
  )
}
