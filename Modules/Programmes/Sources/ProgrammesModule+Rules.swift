public import Kernel

extension ProgrammesModule {
  public var rules: [Rule] {
    [
      Rule(
        "programmes.stages",
        Words(
          en:
            "An edition is planned, then open, then closed; one closed too early is opened again.",
          fr: "Une édition est prévue, puis ouverte, puis close ; close trop tôt, elle se rouvre."),
        refusedWith: "programmes/wrong-state"),
      Rule(
        "programmes.half-days-in-use",
        Words(
          en:
            "Once an edition is open, its half-days neither move nor go: people have said when they are free. Others may be added.",
          fr:
            "Une fois l’édition ouverte, ses demi-journées ne bougent ni ne partent : chacun a dit quand il est libre. On peut en ajouter."
        ),
        refusedWith: "programmes/half-days-in-use"),
      Rule(
        "programmes.whole-catalogue",
        Words(
          en:
            "A catalogue is loaded whole: what it leaves out is removed, and every skill a mission type names is in it.",
          fr:
            "Un catalogue se charge en entier : ce qu’il omet disparaît, et toute compétence qu’un type de mission nomme s’y trouve."
        ),
        refusedWith: "programmes/unknown-skills"),
      Rule(
        "programmes.format",
        Words(
          en:
            "A change of format is announced again to everybody it concerns; to the format it has, nothing is announced.",
          fr:
            "Un changement de format est annoncé de nouveau à tous les intéressés ; vers le format actuel, rien n’est annoncé."
        ),
        refusedWith: "programmes/same-format"),
    ]
  }
}
