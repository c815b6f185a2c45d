/// The known name that is most like a misspelt one, if any is near enough to propose.
///
/// Distance is that of Damerau and Levenshtein, restricted: insertions, deletions, substitutions
/// and swaps of neighbours each cost 1. At most a third of the letters may differ.
package func nearestName(to name: String, among known: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  var best: (name: String, distance: Int)?
  for candidate in known where candidate != name {
    let distance = editDistance(wanted, Array(candidate.lowercased()))
    let limit = max(1, max(wanted.count, candidate.count) / 3)
    if distance <= limit && distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(substitution, previous[column + 1] + 1, current[column] + 1)
      if row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column] {
        cost = min(cost, beforePrevious[column - 1] + 1)
      }
      current.append(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
