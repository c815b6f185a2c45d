import Tabular

/// What the model makes of links that were made without it.
extension ProbabilisticLinker {
  /// Identities that a thread takes at a time.
  private static let chunkSize = 1 << 16

  /// Weighs the links of the passes, each once; how likely they are is for the passes to say.
  ///
  /// - Returns: nothing weighed yet of who is not linked.
  func weighedExactly(_ comparer: PairComparer, _ model: LinkModel) -> Links.Weighed {
    let persons = exact.persons
    let chunkCount = (persons.count + Self.chunkSize - 1) / Self.chunkSize
    let parts = concurrentChunks(chunkCount, workers: workers) { number -> [Int32] in
      let first = number * Self.chunkSize
      let identities = first..<min(first + Self.chunkSize, persons.count)
      var (weights, batch) = ([Int32](), PairBatch())
      for identity in identities {
        if persons[identity] >= 0 {
          let (left, right) = pair(resident: persons[identity], identity: Int32(identity))
          batch.append(CollectionOfOne(Int32(left)), ofRight: right)
        }
        guard batch.isFull || identity == identities.upperBound - 1 else { continue }
        comparer.compare(&batch)
        for pair in 0..<batch.count {
          let pattern = Int(batch.patterns[pair])
          weights.append(model.weight(pattern, comparer, right: Int(batch.rights[pair])))
        }
        batch.removeAll()
      }
      return weights
    }
    var weighed = Links.Weighed(count: persons.count)
    var weights = parts.joined().makeIterator()
    for identity in persons.indices where persons[identity] >= 0 {
      weighed.candidates[identity] = persons[identity]
      weighed.weights[identity] = weights.next() ?? 0
      weighed.probabilities[identity] = Links.Weighed.unmeasured
    }
    return weighed
  }
}

extension Links {
  /// The same with the precision of its pass, where that is measured, as probability of an exact link.
  func measured(by passes: [LinkReport.Pass]) -> Links {
    guard var weighed else { return self }
    for identity in persons.indices where passes.indices.contains(Int(self.passes[identity])) {
      if let share = passes[Int(self.passes[identity])].falseShare {
        weighed.probabilities[identity] = Float(1 - share)
      }
    }
    return Links(persons: persons, passes: self.passes, reasons: reasons, weighed: weighed)
  }
}
