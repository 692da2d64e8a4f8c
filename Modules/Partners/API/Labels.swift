public import Kernel

extension Regime {
  /// What people call it.
  public var label: Words {
    switch self {
    case .patronageService:
      Words(en: "company time, service", fr: "mécénat de compétences, prestation")
    case .patronageSecondment:
      Words(en: "company time, secondment", fr: "mécénat de compétences, prêt de main-d’œuvre")
    case .ownTime: Words(en: "own time", fr: "temps personnel")
    case .jobSeeker: Words(en: "job seeker", fr: "en recherche d’emploi")
    }
  }
}

extension PartnerKind {
  /// What people call it.
  public var label: Words {
    switch self {
    case .company: Words(en: "company", fr: "entreprise")
    case .publicBacker: Words(en: "public backer", fr: "financeur public")
    case .employmentAgency: Words(en: "employment agency", fr: "agence de l’emploi")
    }
  }
}
