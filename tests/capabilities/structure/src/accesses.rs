//! Accesses to memory, which generated code has in a macro of the runtime's: `tri!(i32_load(memory, l0, 0))`.
//!
//! To the checks they are to be what the macro makes of them, so they become `i32_load(memory, l0, 0)?`. What is
//! no expression is left as it is: the check of macros refuses it.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprTry, File, Macro, Stmt};

/// Replaces each `tri!(access)` by `access?`.
pub fn open(file: &mut File) {
    Accesses.visit_file_mut(file);
}

struct Accesses;

fn opened(call: &Macro) -> Option<Expr> {
    if !call.path.is_ident("tri") {
        return None;
    }
    Some(Expr::Try(ExprTry {
        attrs: Vec::new(),
        expr: call.parse_body().ok()?,
        question_token: syn::Token![?](call.bang_token.span),
    }))
}

impl VisitMut for Accesses {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Macro(call) = expression {
            if let Some(access) = opened(&call.mac) {
                *expression = access;
            }
        }
        visit_mut::visit_expr_mut(self, expression);
    }

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        if let Stmt::Macro(call) = statement {
            if let Some(access) = opened(&call.mac) {
                *statement = Stmt::Expr(access, call.semi_token);
            }
        }
        visit_mut::visit_stmt_mut(self, statement);
    }
}
