using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Options of the members' deviation: see <see cref="MemberDeviationTransformer"/>.</summary>
public sealed record MemberDeviationOptions
{
    /// <summary>
    /// Column of features: the one that the model was trained on; any name for a model of categories alone. Default: null, the one that the trainer before it
    /// read, and Features for a network that is given.
    /// </summary>
    public string? FeatureColumnName { get; init; }

    /// <summary>New column: the standard deviation of the members' predictions. Default: MemberDeviation.</summary>
    public string DeviationColumnName { get; init; } = "MemberDeviation";

    internal void Validate(IExceptionContext context)
    {
        if (FeatureColumnName is not null)
            context.CheckName(FeatureColumnName, nameof(FeatureColumnName));
        context.CheckName(DeviationColumnName, nameof(DeviationColumnName));
    }
}
