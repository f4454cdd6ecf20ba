using Microsoft.ML;

namespace TabularLeague;

/// <summary>A trainer with its settings.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Settings">A text that changes with the settings: results of other settings do not count.</param>
/// <param name="IsOurs">Whether it belongs to the library, which takes columns as they are read too.</param>
/// <param name="Create">Makes the pipeline from the column Features, and from columns of categories where there are some, to the scores.</param>
internal sealed record Contestant(string Name, string Settings, bool IsOurs, Func<MLContext, Prediction, IEstimator<ITransformer>> Create)
{
    /// <summary>Makes the pipeline from the training rows, whose categories are texts, in place of <see cref="Create"/>; null for one that goes by no row.</summary>
    public Func<MLContext, IDataView, IEstimator<ITransformer>>? CreateFor { get; init; }
}
