/// Where the file of a key, or of a half of one, lies; never a value.
package enum KeyLocation: Sendable, Hashable {
  /// A path.
  case file(String)
  /// A name in `$CREDENTIALS_DIRECTORY`, where systemd puts it for one unit.
  case credential(String)
}

/// Where a key lies: in one file, or in two that two holders keep.
package enum KeyPlace: Sendable, Hashable {
  case whole(KeyLocation)
  /// In any order; the files tell which half they are.
  case halves(KeyLocation, KeyLocation)

  /// One or two.
  package var locations: [KeyLocation] {
    switch self {
    case .whole(let location): [location]
    case .halves(let first, let second): [first, second]
    }
  }

  /// The same place, found from any current folder.
  package var absolute: KeyPlace {
    func absolute(_ location: KeyLocation) -> KeyLocation {
      if case .file(let path) = location { .file(absolutePath(path)) } else { location }
    }
    return switch self {
    case .whole(let location): .whole(absolute(location))
    case .halves(let first, let second): .halves(absolute(first), absolute(second))
    }
  }
}
