/// Where a key lies; never a value.
package enum KeyLocation: Sendable, Hashable {
  /// A path.
  case file(String)
  /// A name in `$CREDENTIALS_DIRECTORY`, where systemd puts it for one unit.
  case credential(String)
}
