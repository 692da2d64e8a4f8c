public import Kernel

extension ProgrammesModule {
  public var keptTables: [KeptTable] {
    [
      "programmes_programme", "programmes_edition", "programmes_half_day", "programmes_skill",
      "programmes_mission_type",
    ].map {
      KeptTable(
        $0, en: "What editions were and what is asked for in them: about nobody.",
        fr: "Ce que furent les éditions et ce qu’on y demande : cela ne concerne personne.")
    }
  }
}
