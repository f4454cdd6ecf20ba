using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Whether a network is trained on sparse rows as such, or on the same rows made dense, a batch at a time.</summary>
internal static class SparseTraining
{
    /// <summary>Why rows are made dense; null where they are multiplied as they are.</summary>
    public static string? WhyDense(TrainingSettings settings)
    {
        var recipe = settings.Recipe;
        if (!settings.MultipliesSparseRows)
            return "that is asked for";
        if (!settings.Architecture.TakesSparseRows)
            return $"{settings.Architecture} does not read them otherwise";
        if (settings.InputScaling == InputScaling.NormalQuantiles)
            return $"{nameof(settings.InputScaling)} is {settings.InputScaling}, which gives most zeros another value";
        if (settings.Device.type != DeviceType.CPU || settings.UseSpans == false)
            return $"the device is {settings.Device}";
        if (recipe.Dropout is { IsOnWeights: true })
            return $"{nameof(recipe.Dropout)} is {recipe.Dropout}, which is noise on all weights";
        if (recipe.RDrop is { } pairs)
            return $"{nameof(recipe.RDrop)} is {pairs}, which takes each row twice";
        if (recipe.AdversarialTraining is { } adversarial)
            return $"{nameof(recipe.AdversarialTraining)} is {adversarial}, which moves numbers that are 0";
        return recipe.ManifoldMixup is { } mixup && mixup.LayersOf(settings.Architecture.MixableStates).Contains(0)
            ? $"{nameof(recipe.ManifoldMixup)} is {mixup}, which mixes the rows"
            : null;
    }
}
