extension Catalogue {
    static let legacyMechanisms: [any Check.Type] = [
        CRAMMD5Used.self,
        CRAMMD5ChallengePredictable.self,
        DigestMD5Used.self,
        DigestMD5NonceReused.self,
        DigestMD5LayerDeclined.self,
        DigestMD5ServerUnproven.self,
        DigestMD5WeakCipher.self,
        WeakNTLMResponse.self,
        NTLMTellsNames.self,
        LoginMechanismUsed.self,
        GSSAPIWithoutLayer.self,
        WeakKerberosEncryption.self,
        ExternalWithoutCertificate.self,
        ExternalIdentityDiffers.self,
        ObsoleteMechanismUsed.self,
    ]
}
