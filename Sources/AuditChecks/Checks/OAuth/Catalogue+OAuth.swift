extension Catalogue {
    static let oauth: [any Check.Type] = [
        BearerTokenInClear.self,
        OlderOAuthMechanism.self,
        OAuthMessageForm.self,
        TokenClaims.self,
        TokenRefused.self,
        StrangeConfigurationHost.self,
        TokenOfOtherUser.self,
        TokenForOtherHost.self,
        TokenShared.self,
        BasicNotClosed.self,
    ]
}
