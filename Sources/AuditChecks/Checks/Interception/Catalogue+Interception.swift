extension Catalogue {
    static let interception: [any Check.Type] = [
        MessageChanged.self,
        ChannelBindingCut.self,
        ClientProofNotForwarded.self,
        CertificateRefusedByClient.self,
        UpstreamNotVerified.self,
        OctetsNotDecoded.self,
    ]
}
