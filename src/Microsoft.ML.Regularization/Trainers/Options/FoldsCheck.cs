using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks the options about several networks, by themselves and with others.</summary>
internal static class FoldsCheck
{
    private const int MostMembers = 1024;

    /// <param name="context">Makes errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="plan">The settings that result from them.</param>
    /// <param name="task">What is learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or contradicts another one.</exception>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, TrainingPlan plan, LearningTask task)
    {
        PackCheck.Check(context, options, plan.Architecture, task);
        KeptMembersCheck.Check(context, plan, task.Offers.HasFlag(Regularizers.Capabilities.Classes));
        var recipe = plan.Recipe;
        if (options.Members is { } members)
            context.CheckBetween(members, nameof(options.Members), 1, MostMembers);
        if (options.SamplingKeyColumnName is { } group)
        {
            context.CheckName(group, nameof(options.SamplingKeyColumnName));
            if (options.Folds is null)
                throw context.ExceptUserArg(nameof(options.SamplingKeyColumnName), $"SamplingKeyColumnName is '{group}', but Folds is null: there are no folds to put groups into.");
        }

        DistillationCheck.Check(context, options, plan.Architecture, task);
        if (options.Folds is not { } folds)
            return;

        context.CheckBetween(folds, nameof(options.Folds), 2, MostMembers);
        var networks = (long)folds * (options.Members ?? 1);
        if (networks > MostMembers)
        {
            throw context.ExceptUserArg(nameof(options.Folds), string.Create(
                CultureInfo.InvariantCulture,
                $"Folds * Members must be at most {MostMembers}, but Folds is {folds} and Members {options.Members ?? 1}, which makes {networks} networks."));
        }

        Refuse(options.ValidationSet is not null, nameof(options.ValidationSet), "given", "each fold validates the networks of the others");
        Refuse(options.ValidationFraction > 0, nameof(options.ValidationFraction), $"{options.ValidationFraction}", "each fold validates the networks of the others");
        Refuse(options.DataCaching == DataCaching.None, nameof(options.DataCaching), "None", "all folds are of rows in memory");
        Refuse(
            recipe.EarlyStopping?.RetrainsOnAllRows == true, $"{nameof(EarlyStopping)}.{nameof(EarlyStopping.RetrainsOnAllRows)}", "true",
            "every row is trained on already");

        void Refuse(bool isSet, string option, string value, string why)
        {
            if (isSet)
            {
                throw context.ExceptUserArg(nameof(options.Folds), string.Create(
                    CultureInfo.InvariantCulture, $"Folds is {folds}, but {option} is {value}: {why}. Leave one of them out."));
            }
        }
    }
}
