using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a network that is pruned to some of its members needs of the other options.</summary>
internal static class KeptMembersCheck
{
    private const string Option = nameof(TabMArchitecture.KeptMembers);

    /// <param name="context">Makes errors.</param>
    /// <param name="plan">The settings that result from the options.</param>
    /// <param name="hasClasses">Whether a classifier is trained.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option contradicts another one.</exception>
    public static void Check(IExceptionContext context, TrainingPlan plan, bool hasClasses)
    {
        if (plan.Architecture is not TabMArchitecture { KeptMembers: { } kept } architecture)
            return;

        Refuse(plan.Members > 1, nameof(plan.Members), $"{plan.Members}, and one network is pruned: leave one of them out");
        Refuse(plan.Folds is not null, nameof(plan.Folds), $"{plan.Folds}, and one network is pruned: leave one of them out");
        Refuse(
            plan.Recipe.EarlyStopping?.RetrainsOnAllRows == true, $"{nameof(EarlyStopping)}.{nameof(EarlyStopping.RetrainsOnAllRows)}",
            "true, and members are chosen by rows that the network was not trained on: leave it null or false");
        Refuse(
            architecture.AveragesProbabilities != hasClasses, nameof(architecture.AveragesProbabilities),
            $"{architecture.AveragesProbabilities}, and members are chosen by their mean {(hasClasses ? "probabilities" : "values")}: leave it null");

        void Refuse(bool isRefused, string option, string why)
        {
            if (isRefused)
                throw context.ExceptUserArg(Option, $"{Option} is {kept}, but {option} is {why}.");
        }
    }
}
