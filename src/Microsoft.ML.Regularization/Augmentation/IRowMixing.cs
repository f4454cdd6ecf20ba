namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>An augmentation in which a row takes something of another row.</summary>
internal interface IRowMixing
{
    /// <summary>Whether labels take part in the mixture.</summary>
    bool MixesLabels { get; }

    /// <summary>Whether no row is ever mixed, though its label may be written in another form.</summary>
    bool NeverMixes { get; }

    /// <summary>Whether a column is among those that are mixed.</summary>
    bool Names(string column);
}
