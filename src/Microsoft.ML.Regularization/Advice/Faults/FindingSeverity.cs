namespace Microsoft.ML.Regularization;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The model could be better.</summary>
    Warning,

    /// <summary>The model, or what was measured of it, is not to be relied on.</summary>
    Error,
}
