using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a student needs of the other options: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
internal static class DistillationCheck
{
    private const string Option = nameof(NeuralNetworkOptions.DistillInto);

    /// <param name="context">Makes errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="architecture">The architecture of the teacher's networks.</param>
    /// <param name="task">What is learned.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option contradicts another one.</exception>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture architecture, LearningTask task)
    {
        if (options.DistillInto is not { } student)
            return;

        if (!HasTeacher(options))
        {
            throw Refusal(
                context, student, $"there are no networks to learn from: {Describe(options)}. Set {nameof(options.Members)} to 2 or more, {nameof(options.Folds)} or {nameof(options.Pack)}, or "
                + $"leave all options to an {nameof(options.Effort)} of {TrainingEffort.Standard} or {TrainingEffort.Strong}");
        }

        if (student is TabMArchitecture { KeptMembers: { } kept })
            throw Refusal(context, student, $"its {nameof(TabMArchitecture.KeptMembers)} is {kept}, and members are not chosen of a student: leave it null, or take fewer {nameof(TabMArchitecture.Members)}");
        if (options.DataCaching == DataCaching.None)
            throw Refusal(context, student, $"{nameof(options.DataCaching)} is {DataCaching.None}, and a student learns from rows in memory: take {DataCaching.Memory} or {DataCaching.Auto}");
        if (task.Offers.HasFlag(Capabilities.Classes) && options.Loss is { } loss && !loss.Offers.HasFlag(Capabilities.MixedTargets))
            throw Refusal(context, student, $"{nameof(options.Loss)} is {loss}, which is defined for hard labels, and a student learns probabilities: take LossFunction.CrossEntropy");
        As(context, student, () => NeuralNetworkOptionsCheck.Check(context, StudentOptions.Of(options, architecture), task));
    }

    private static bool HasTeacher(NeuralNetworkOptions options) =>
        options.Pack is not null || options.Folds is not null || options.Members > 1 || (options.Members is null && EffortPlan.Applies(options));

    private static string Describe(NeuralNetworkOptions options) => options.Members is { } members
        ? $"{nameof(options.Members)} is {members}"
        : $"{nameof(options.Members)}, {nameof(options.Folds)} and {nameof(options.Pack)} are null, and "
            + (options.Effort == TrainingEffort.Quick ? $"{nameof(options.Effort)} is {options.Effort}" : $"{nameof(options.Effort)} plays no part beside options about the network and its training");

    /// <summary>The error of a student that is not possible.</summary>
    /// <param name="context">Makes it.</param>
    /// <param name="student">The student's architecture.</param>
    /// <param name="why">Why not, and what to do.</param>
    public static Exception Refusal(IExceptionContext context, NetworkArchitecture student, string why) =>
        context.ExceptUserArg(Option, $"{Option} is {student}, but {why}.");

    /// <summary>Lets errors name the student: those of its own checks name options of a network that is trained alone.</summary>
    public static void As(IExceptionContext context, NetworkArchitecture student, Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentOutOfRangeException error)
        {
            var why = error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
            throw context.ExceptUserArg(Option, $"{Option} is {student}, which cannot be trained here: {why}");
        }
    }
}
