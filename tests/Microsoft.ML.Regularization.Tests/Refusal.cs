using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>A misuse of the library, and what its error must say: the option or column, the value and what is legal.</summary>
internal static class Refusal
{
    public static object[] Case(string name, Func<object> action, params string[] fragments) => [name, (Action)(() => action()), fragments];

    /// <summary>Checks that the action fails with ML.NET's kind of exception, and that its messages, from the outermost to its cause, hold every fragment.</summary>
    public static void Check(string name, Action action, string[] fragments)
    {
        var error = Assert.Throws<Exception>(action, name);
        Assert.IsTrue(error is ArgumentException or InvalidOperationException or FormatException, error.ToString());
        Assert.IsTrue(error.Data.Contains("ML_IsMarked"), $"ML.NET's own kind of exception: {error}");

        // ML.NET wraps what goes wrong while a model is loaded.
        var message = new StringBuilder();
        for (var cause = error; cause is not null; cause = cause.InnerException)
            message.AppendLine(cause.Message);
        foreach (var fragment in fragments)
            Assert.Contains(fragment, message.ToString());
    }

    public static object InGerman(Func<object> action)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
