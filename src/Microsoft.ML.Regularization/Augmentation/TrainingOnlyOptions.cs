using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a transform that exists only while a pipeline is fitted. A new one derives from this record (or from <see cref="AugmentationOptions"/>) and
/// defines its name in model files.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("transform")]
public abstract record TrainingOnlyOptions
{
    private protected TrainingOnlyOptions()
    {
    }

    /// <summary>Seed of its random draws, where it has any; null for a seed of the context's.</summary>
    internal virtual int? SeedOfDraws => null;

    /// <summary>The name of the transform in messages.</summary>
    internal abstract string Name { get; }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The columns that the next estimator sees while the pipeline is fitted.</summary>
    internal abstract SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input);

    /// <summary>Checks properties that a shape does not contain, such as the dimensions of an image.</summary>
    internal virtual void CheckRows(IHostEnvironment env, IDataView rows)
    {
    }

    /// <summary>The rows that the next estimator sees while the pipeline is fitted, computed as they are read.</summary>
    internal abstract IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed);
}
