"""Words of which two protect a demande that is being typed: short, common, without accents. Pure."""

MOTS = tuple(
    """
    abeille abri aigle aile air algue amande ancre ane anneau arbre arc argile armoire assiette atlas aube avion
    avoine baie balai balcon baleine balle bambou banc barque bateau berceau berger beurre bijou bison blaireau
    bois bol bonnet botte bouchon bougie boule boussole branche brebis brique brise brouette bruyere buisson
    bureau cabane cactus cadre cage cahier caillou calme campagne canal canard canoe cape carafe carotte carte
    castor cave cerf cerise chaise chaleur chamois champ chant chapeau charbon chariot chat chemin cheval chevre
    chien chouette ciel cigale citron clairiere cloche clou cocon coffre colline colombe comete compas conte coq
    coquille corail corbeau corde cornet coton coude coussin craie crayon crique cristal cube cuivre cygne
    dauphin dune duvet echarpe echelle eclair ecorce ecran ecume edredon elan encre enveloppe epi eponge erable
    escargot etang etoile etude fable falaise farine faucon fauteuil fenetre ferme feuille ficelle figue filet
    flamme fleur fleuve flute foin fontaine foret forge fougere foulard fraise framboise frene frite fusain
    galet gant garage gazon genou girafe givre glace gomme goutte graine grange grelot grotte guepe guitare haie
    hamac hamster haricot harpe herbe heron hibou hiver houle huile igloo ile iris jardin jonc jonquille jument
    kayak kiwi lac laine lampe lanterne lavande legume lentille lettre lezard lierre lilas lime lin lion livre
    loup loutre luge lune lutin magie maille maison mandarine manteau marbre mare marmite marron masque mat
    matin meleze menthe meringue merle mesange miel mimosa miroir moineau montagne mouette moulin mousse mouton
    mur mure muse myrtille nacre nappe navire neige nid noisette noix nuage oasis ocean oeillet oiseau olive
    ombre onde orage orange orchidee orge ours paille pain palmier panda panier papier papillon parasol peche
    peigne perle persil phare piano pierre pigeon pin pinceau plage plume poire poisson pomme pont porte potager
    poule prairie prune puits quai quartz radeau radis raisin rame renard riviere riz robe roche roseau rosee
    ruban ruche ruisseau sable safran sapin sauge saule savon seigle sel semoule serre sifflet soie soleil
    source souris tabouret tambour tapis tasse terrasse theiere thym tilleul tisane toit tomate torrent tortue
    tournesol treve truite tuile tulipe vague valise vallee vanille velours vent verger violon voile volcan
    voyage wagon zebre zeste
    """.split()  # noqa: SIM905 - a list of words is read as words
)
