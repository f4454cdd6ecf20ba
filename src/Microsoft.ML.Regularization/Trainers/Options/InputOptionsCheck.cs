using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a network is to read, and what it starts from.</summary>
internal static class InputOptionsCheck
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or contradicts another one.</exception>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture architecture)
    {
        context.CheckDefined(options.MissingValues, nameof(options.MissingValues));
        options.ImageShape?.Validate(context);
        if (options.CategoricalColumnNames is null)
            throw context.ExceptUserArg(nameof(options.CategoricalColumnNames), "CategoricalColumnNames must not be null; an empty list names none.");
        context.CheckNames(options.CategoricalColumnNames, nameof(options.CategoricalColumnNames));

        if (options.FeatureColumnName is null)
            CheckCategoriesAlone(context, options, architecture);
        PretrainedCheck.Check(context, options, architecture);
    }

    private static void CheckCategoriesAlone(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture architecture)
    {
        if (options.CategoricalColumnNames.Count == 0 && !options.AllKeysAreCategories)
        {
            throw context.ExceptUserArg(
                nameof(options.FeatureColumnName), "FeatureColumnName is null and CategoricalColumnNames names no column: there is nothing to read. Name a column in one of them.");
        }

        if (!architecture.Takes.HasFlag(NetworkInputs.Categories))
        {
            throw context.ExceptUserArg(
                nameof(options.FeatureColumnName),
                $"FeatureColumnName is null, but Architecture is {architecture}, which reads no categories: name the column that it reads, or take one for tables such as "
                + "NetworkArchitecture.Mlp.");
        }
    }
}
