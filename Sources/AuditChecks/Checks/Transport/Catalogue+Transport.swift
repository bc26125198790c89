extension Catalogue {
    static let transport: [any Check.Type] = [
        CleartextCredentials.self,
        CleartextMail.self,
        NoStartTLSOffered.self,
        OldTLSVersion.self,
        TLSDowngrade.self,
        WeakCipherSuite.self,
        NoExtendedMasterSecret.self,
        NoSecureRenegotiation.self,
        TLSCompression.self,
        BadCertificate.self,
        CleartextAfterAlert.self,
        NoServerName.self,
        ForeignProtocol.self,
        EarlyData.self,
        StartTLSUnderTLS.self,
        TruncatedTLS.self,
        UnexpectedProxyHeader.self,
        CleartextPortFirst.self,
    ]
}
