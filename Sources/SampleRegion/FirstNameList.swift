/// First names by origin, sex and generation, the commonest first.
///
/// Which names are common is a fact; the selection and the order are ours.
enum FirstNameList {
  /// Dutch names follow the fashion of three generations; the others do not here.
  static let generationCount = 3

  /// Which generation someone of that birth year belongs to.
  static func generation(birthYear: Int) -> Int {
    birthYear < 1955 ? 0 : birthYear < 1990 ? 1 : 2
  }

  static func names(_ origin: Origin, female: Bool, generation: Int) -> [String] {
    let text =
      switch (origin, female, generation) {
      case (.dutch, false, 0): dutchMenBefore1955
      case (.dutch, false, 1): dutchMenBefore1990
      case (.dutch, false, _): dutchMenSince1990
      case (.dutch, true, 0): dutchWomenBefore1955
      case (.dutch, true, 1): dutchWomenBefore1990
      case (.dutch, true, _): dutchWomenSince1990
      case (.turkish, false, _): turkishMen
      case (.turkish, true, _): turkishWomen
      case (.moroccan, false, _): moroccanMen
      case (.moroccan, true, _): moroccanWomen
      case (.polish, false, _): polishMen
      case (.polish, true, _): polishWomen
      case (.elsewhere, false, _): otherMen
      case (.elsewhere, true, _): otherWomen
      }
    return text.split { $0 == " " || $0.isNewline }.map(String.init)
  }

  private static let dutchMenBefore1955 = """
    Johannes Hendrik Jan Willem Gerrit Cornelis Petrus Jacobus Antonius Wilhelmus Theodorus Pieter
    Franciscus Adrianus Gerardus Dirk Albert Bernardus Hermanus Martinus Nicolaas Arie Frederik
    Lambertus Evert Teunis Reint Garrit Derk Berend Roelof Harmen Egbert Leendert Joseph Andreas
    """
  private static let dutchMenBefore1990 = """
    Peter Erik Marcel Jeroen Robert Edwin Mark Patrick Martijn René Michel Dennis Richard Bart
    Ronald Paul Frank André Jan-Willem Arjan Sander Rick Niels Stefan Bas Wouter Gijs Maarten Joost
    Hans Henk Kees Rob Wim Ruud Jos Theo Harold Remco Vincent Raymond Jasper Michiel Tom Jurgen
    """
  private static let dutchMenSince1990 = """
    Daan Sem Lucas Levi Finn Noah Luuk Bram Thijs Jesse Milan Lars Stijn Tim Thomas Ruben Julian
    Max Sven Mees Hugo Teun Gijs Jens Koen Tygo Mats Siem Guus Pim Floris Jurre Boaz Zeb Joël
    Rafaël Daniël Tijn Olivier Melle Sepp Cas Dex Mick Jip Rens Wout Niek Job Tobias Boris
    """
  private static let dutchWomenBefore1955 = """
    Maria Johanna Anna Wilhelmina Cornelia Hendrika Elisabeth Catharina Petronella Geertruida
    Margaretha Adriana Grietje Jantje Aaltje Hendrikje Jacoba Theodora Antonia Berendina Gerritdina
    Everdina Willemina Alida Johanna-Maria Dina Gesina Trijntje Neeltje Francisca Bernardina
    """
  private static let dutchWomenBefore1990 = """
    Monique Sandra Esther Linda Marieke Petra Ingrid Karin Miranda Anja Saskia Marjolein Wendy
    Mariëlle Daniëlle Renée Annemarie Judith Nicole Astrid Chantal Angelique Bianca Ellen Annet
    Desirée Irene Mirjam Jolanda Yvonne Anita Diana Marloes Femke Suzanne Nienke Kim Cindy Hélène
    """
  private static let dutchWomenSince1990 = """
    Emma Sophie Julia Lotte Lisa Anna Eva Sara Tess Fleur Zoë Noa Saar Liv Mila Fenna Roos Isa
    Lieke Anne Iris Nina Lynn Sanne Amber Maud Femke Evi Olivia Nora Lauren Yara Loïs Chloë Noë
    Juul Pien Jasmijn Feline Elin Vera Sofie Rosalie Britt Merel Floor Hannah Puck Bo Elise
    """
  private static let turkishMen = """
    Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Ömer Murat Emre Yusuf Gökhan Barış Çağlar Ümit
    """
  private static let turkishWomen = """
    Fatma Ayşe Emine Hatice Zeynep Elif Özlem Gül Büşra Esra Şeyma Tuğba Çiğdem Nurgül Sevgi
    """
  private static let moroccanMen = """
    Mohamed Ahmed Hassan Youssef Rachid Saïd Karim Abdellah Mustapha Ismaïl Bilal Noureddine Hamza
    """
  private static let moroccanWomen = """
    Fatima Khadija Aïcha Naïma Samira Malika Loubna Hanane Nadia Rachida Salma Imane Yasmina
    """
  private static let polishMen = """
    Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Łukasz Jakub Stanisław Sławomir Grzegorz
    """
  private static let polishWomen = """
    Anna Katarzyna Małgorzata Agnieszka Ewa Elżbieta Joanna Magdalena Zofia Żaneta Łucja Beata
    """
  private static let otherMen = """
    José Jürgen André Luís Minh Wei Raj Winston Søren Jiří Goran Ion Omar Tesfay Seán Björn François
    """
  private static let otherWomen = """
    María Ana Lúcia Thanh Mei Indra Shanti Astrid Åsa Jana Ivana Ioana Amina Selam Siobhán Zoé Inès
    """
}
