using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a transform that exists only while a pipeline is fitted. Whoever adds one derives from this record (or from
/// <see cref="AugmentationOptions"/>), and names the new record in the list of types below, which is what makes it survive a model file.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "transform")]
[JsonDerivedType(typeof(HoldOutOptions), "HoldOut")]
[JsonDerivedType(typeof(MixupOptions), "Mixup")]
public abstract record TrainingOnlyOptions
{
    private protected TrainingOnlyOptions()
    {
    }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>What the transform is called in messages.</summary>
    internal abstract string Name { get; }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The columns that the next estimator sees while the pipeline is fitted.</summary>
    internal abstract SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input);

    /// <summary>The rows that the next estimator sees while the pipeline is fitted, computed as they are read.</summary>
    internal abstract IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed);
}

/// <summary>Options of a transform that changes training rows. A fresh pass over the data draws fresh changes.</summary>
public abstract record AugmentationOptions : TrainingOnlyOptions
{
    private protected AugmentationOptions()
    {
    }

    /// <summary>Whether hard labels come out as shares of classes.</summary>
    internal virtual bool SoftensLabels => false;

    /// <summary>Why a trainer cannot apply it to its own rows; null where it can.</summary>
    internal virtual string? WhyNotInTrainer => null;
}
