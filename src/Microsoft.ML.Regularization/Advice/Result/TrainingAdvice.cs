using Microsoft.ML.Regularization.Advice;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What was seen of a table, and what follows for training: as an object, as text, as C#, and as a pipeline. See <see cref="RegularizationCatalog.Advise"/>.
/// </summary>
public sealed class TrainingAdvice
{
    private readonly AdvisedPipeline _pipeline;

    internal TrainingAdvice(TableFacts table, ValueList<Recommendation> recommendations, AdvisedPipeline pipeline) =>
        (Table, Recommendations, _pipeline) = (table, recommendations, pipeline);

    /// <summary>What was seen.</summary>
    public TableFacts Table { get; }

    /// <summary>What to do, and why; the network and its training first.</summary>
    public ValueList<Recommendation> Recommendations { get; }

    /// <summary>The trainer's options, with the columns that the pipeline makes for it.</summary>
    public NeuralNetworkOptions Trainer => _pipeline.Trainer;

    /// <summary>C# that splits the rows, trains and measures: statements that need <c>data</c>, and usings of Microsoft.ML, Microsoft.ML.Data and Microsoft.ML.Regularization.</summary>
    public string Code => _pipeline.Code();

    /// <summary>The same pipeline, from the columns as they are to predictions.</summary>
    /// <param name="ml">The context that it is made in.</param>
    /// <example><code>
    /// var model = ml.Regularization().Advise(data).Estimator(ml).Fit(data);
    /// </code></example>
    public IEstimator<ITransformer> Estimator(MLContext ml)
    {
        Contracts.CheckValue(ml, nameof(ml));
        return _pipeline.Make(ml);
    }

    /// <summary>What was seen, what to do and why, and the C#; the same in every culture.</summary>
    public override string ToString() => AdviceText.Of(this);
}
