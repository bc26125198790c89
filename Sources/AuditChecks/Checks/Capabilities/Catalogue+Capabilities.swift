extension Catalogue {
    static let capabilities: [any Check.Type] = [
        PlaintextOfferedInClear.self,
        LoginDespiteDisabled.self,
        DisabledLoginAccepted.self,
        LoginCommandUsed.self,
        WeakerMechanismChosen.self,
        MechanismNotOffered.self,
        InitialResponseNotOffered.self,
        FallBackToWeaker.self,
        CapabilitiesDiffer.self,
        OnlyLegacyMechanisms.self,
        AnonymousLogin.self,
        LiteralNotOffered.self,
        CompressionActive.self,
        BannerTellsSoftware.self,
        EightBitNotEnabled.self,
        WrongStateAccepted.self,
        ExtensionNotOffered.self,
    ]
}
