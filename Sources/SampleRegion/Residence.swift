/// From when and until when somebody lives in the region, as the register knows it.
///
/// Households come and go together; who is young may leave alone, and who is very old may die.
struct Residence {
  /// The first day; nil where the register does not tell.
  let movedIn: Int?
  /// The first day no longer here; nil for those who stay.
  let movedOut: Int?

  /// The days of the extracts on which somebody may come or go: 2 January to 31 August 2026.
  private static let days = Population.registerDay + 1...Population.registerDay + 242

  init(of person: Person, seed: UInt64, number: Int) {
    var random = RandomStream(seed, .move, Int(person.household))
    let kind = random.unit()
    let day = random.within(Self.days)
    let longAgo = Population.registerDay - 1 - Int(random.waitingTime() * 4_000)
    let isTold = random.chance(0.75)

    var own = RandomStream(seed, .move, number, 1)
    let age = (Population.registerDay - Int(person.birthDay)) / 365
    let leavesAlone = own.chance(age >= 80 ? 0.06 : (18..<28).contains(age) ? 0.04 : 0)
    let ownDay = own.within(Self.days)

    let comes = kind < 0.03
    let leaves = (0.03..<0.055).contains(kind)
    // Who was born here has lived here since.
    movedIn = comes ? day : isTold ? max(longAgo, Int(person.birthDay)) : nil
    movedOut = leaves ? day : leavesAlone && !comes ? ownDay : nil
  }
}
