import Tabular
import Testing

@testable import SampleRegion

@Suite("Population")
struct PopulationTests {
  let population = Population(residents: 5_000, seed: 21)

  @Test("There are as many residents as asked for, and some people from outside")
  func counts() {
    #expect(population.residentCount == 5_000)
    let outside = population.persons[5_000...]
    #expect(outside.count == 33)
    for person in population.persons.indices {
      #expect((population.neighbourhood(of: person) == nil) == !population.isResident(person))
    }
  }

  @Test("Everybody was born before the day of the register, at most 100 years ago")
  func birthDays() {
    for person in population.persons {
      #expect((-16_100..<Population.registerDay).contains(Int(person.birthDay)))
    }
  }

  @Test("Households hold families, and a member shares surname or marriage with another")
  func households() {
    let families = Dictionary(grouping: population.persons[..<5_000], by: \.household)
    #expect(families.count > 1_500 && families.count < 3_500)
    let large = families.values.filter { $0.count >= 3 }
    #expect(large.count > 200)
    for family in large {
      #expect(Set(family.map(\.surname)).count < family.count)
    }
    #expect(population.persons.contains { $0.partnerSurname != nil })
  }

  @Test("Twins share day of birth, household and surname")
  func twins() {
    let persons = population.persons
    let twins = persons[..<5_000].indices.filter { persons[$0].twin != nil }
    #expect(twins.count >= 10)
    for number in twins {
      guard let other = persons[number].twin.map({ Int($0) }) else { continue }
      #expect(persons[other].birthDay == persons[number].birthDay)
      #expect(persons[other].household == persons[number].household)
      #expect(persons[other].surname == persons[number].surname)
      #expect(persons[other].twin.map { Int($0) } == number)
    }
  }

  @Test("About one birth date in a hundred is known in part")
  func partialBirthDates() {
    let partial = population.persons.filter { $0.birthDatePrecision != .day }
    #expect((20...110).contains(partial.count))
  }

  @Test("Names have prefixes, marks and a skew")
  func names() {
    let surnames = population.persons.map { population.names.surnames[Int($0.surname)] }
    let prefixed = surnames.filter { !$0.prefix.isEmpty }
    #expect((1_000...3_000).contains(prefixed.count))
    #expect(surnames.contains { !$0.word.utf8.allSatisfy { $0 < 0x80 } })
    let counts = Dictionary(grouping: surnames) { $0.prefix + " " + $0.word }.mapValues(\.count)
    #expect(counts.count > 200)
    #expect((counts.values.max() ?? 0) > 60)
  }

  @Test("All have different BSNs")
  func bsns() {
    #expect(Set(population.persons.map(\.bsn)).count == population.persons.count)
    var unused = population.unusedNumbers()
    let nobody = Int32(unused.next())
    #expect(!population.persons.contains { $0.bsn == nobody })
  }
}
