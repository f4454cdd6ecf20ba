namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Properties of the augmentation that changes a view's rows.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="StreamIdentity">Names the stream of its draws: the kind and the columns, not the amounts.</param>
/// <param name="Mixings">It and what it is composed of, as far as that mixes rows.</param>
internal sealed record AugmentationTraits(string Name, IReadOnlyList<string> StreamIdentity, IReadOnlyList<IRowMixing> Mixings);
