/// Who lives together: ages, sexes, twins and the origin of the names, before anyone has a name.
struct HouseholdPlan {
  /// A person to be.
  struct Member {
    let birthDay: Int
    let isFemale: Bool
    let origin: Origin
    /// Position in the household of the other twin.
    var twin: Int?
  }

  /// What households there are.
  private enum Kind: Int {
    case youngSingle, oldSingle, youngCouple, oldCouple, family, singleParent
  }

  private let kind: Kind
  private let origin: Origin
  private let childCount: Int

  init(neighbourhood: Neighbourhood, _ random: inout RandomStream) {
    let grey = neighbourhood.greyness
    let choice = WeightedChoice([0.17, 0.19 * grey, 0.12, 0.18 * grey, 0.31, 0.06])
    kind = Kind(rawValue: choice.pick(&random)) ?? .family
    origin =
      random.chance(neighbourhood.foreignShare) ? Self.foreignOrigin(&random) : .dutch
    childCount = 1 + WeightedChoice([0.35, 0.42, 0.18, 0.05]).pick(&random)
  }

  var adultCount: Int {
    switch kind {
    case .youngSingle, .oldSingle, .singleParent: 1
    case .youngCouple, .oldCouple, .family: 2
    }
  }

  static func foreignOrigin(_ random: inout RandomStream) -> Origin {
    switch WeightedChoice([0.28, 0.2, 0.22, 0.3]).pick(&random) {
    case 0: .turkish
    case 1: .moroccan
    case 2: .polish
    default: .elsewhere
    }
  }

  /// The adults first, then the children, the eldest first.
  mutating func members(_ random: inout RandomStream) -> [Member] {
    var members = adults(&random)
    guard kind == .family || kind == .singleParent else { return members }
    let mother = members.map(\.birthDay).max() ?? 0
    var birthDay = mother + random.within(22...34) * 365 + random.below(365)
    for _ in 0..<childCount {
      // Grown-up children have left; those who are not yet born are left out.
      let age = (Population.registerDay - 1 - birthDay) / 365
      if birthDay < Population.registerDay && age < 24 {
        members.append(child(birthDay, twin: nil, &random))
        if random.chance(0.025) {
          members[members.count - 1].twin = members.count
          members.append(child(birthDay, twin: members.count - 1, &random))
        }
      }
      birthDay += random.within(500...1_500)
    }
    return members
  }

  private func child(_ birthDay: Int, twin: Int?, _ random: inout RandomStream) -> Member {
    Member(birthDay: birthDay, isFemale: random.chance(0.49), origin: origin, twin: twin)
  }

  private func adults(_ random: inout RandomStream) -> [Member] {
    let years =
      switch kind {
      case .youngSingle: random.within(19...55)
      case .oldSingle: (random.within(54...96) + random.within(56...92)) / 2
      case .youngCouple: random.within(20...55)
      case .oldCouple: (random.within(50...82) + random.within(50...86)) / 2
      case .family: random.within(25...54)
      case .singleParent: random.within(24...54)
      }
    let birthDay = Population.registerDay - 1 - years * 365 - years / 4 - random.below(365)
    // Women live longer.
    let femaleShare = kind == .oldSingle ? 0.66 : kind == .singleParent ? 0.8 : 0.5
    let isFemale = random.chance(femaleShare)
    var adults = [Member(birthDay: birthDay, isFemale: isFemale, origin: origin)]
    if adultCount == 2 {
      let sameSex = random.chance(0.02)
      let apart = Int(random.normal() * 1_200)
      let latest = Population.registerDay - 19 * 366
      let mixed = random.chance(0.08)
      adults.append(
        Member(
          birthDay: min(latest, birthDay + apart),
          isFemale: isFemale == sameSex,
          origin: mixed ? (origin == .dutch ? Self.foreignOrigin(&random) : .dutch) : origin
        )
      )
    }
    return adults
  }
}
